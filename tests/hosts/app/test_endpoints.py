import unittest

from bundler_endpoints import NOWHERE, Member, placed, servers_of, step

STATE = """1
# be_id be_name srv_id srv_name srv_addr srv_op_state srv_port
4 postgres-primary 1 writer 10.0.0.5 2 5432
4 postgres-primary 2 waiting-room 127.0.0.1 2 1
"""
SESSIONS = "0x1: proto=tcpv4 src=127.0.0.1:1 fe=postgres-primary be=postgres-primary srv=writer ts=00 scf=[8,1h,fd=1] scb=[8,1h,fd=2] exp=\n0x2: proto=tcpv4 src=127.0.0.1:2 fe=redis-queues be=redis-queues srv=primary ts=00 scf=[8,1h,fd=1] scb=[8,1h,fd=2] exp=\n"
ENDPOINT = {"backend": "postgres-primary", "servers": ["writer"], "name": "postgres.internal", "port": 5432}


class Proxy:
    def __init__(self):
        self.state, self.said = STATE, []

    def __call__(self, command):
        self.said.append(command)
        if command.startswith("show servers"):
            return self.state
        return SESSIONS if command == "show sess" else ""

    def changes(self):
        return [command for command in self.said if not command.startswith("show")]


class Names(unittest.TestCase):
    def test_servers_are_read_by_their_columns(self):
        self.assertEqual(servers_of(STATE, "postgres-primary")["writer"], ("10.0.0.5", 5432))
        self.assertEqual(servers_of(STATE, "redis-queues"), {})

    def test_a_server_without_an_address_is_nowhere(self):
        self.assertEqual(placed(["a", "b"], ["10.0.0.1"], 4001, {}), {"a": ("10.0.0.1", 4001), "b": NOWHERE})

    def test_an_address_that_leaves_or_comes_moves_no_other_server(self):
        now = {"a": ("10.0.0.1", 4001), "b": ("10.0.0.2", 4001), "c": ("10.0.0.3", 4001)}
        self.assertEqual(placed(["a", "b", "c"], ["10.0.0.2", "10.0.0.3"], 4001, now), {**now, "a": NOWHERE})
        self.assertEqual(placed(["a", "b", "c"], ["10.0.0.0", "10.0.0.2", "10.0.0.3"], 4001, now), {**now, "a": ("10.0.0.0", 4001)})

    def test_a_server_of_another_port_moves(self):
        self.assertEqual(placed(["a"], ["10.0.0.1"], 4001, {"a": ("10.0.0.1", 1)}), {"a": ("10.0.0.1", 4001)})

    def test_two_servers_are_never_at_one_address(self):
        now = {"a": ("10.0.0.1", 4001), "b": ("10.0.0.1", 4001)}
        self.assertEqual(placed(["a", "b"], ["10.0.0.1", "10.0.0.2"], 4001, now), {"a": ("10.0.0.1", 4001), "b": ("10.0.0.2", 4001)})

    def test_a_moved_name_moves_its_server_and_cuts_its_sessions_only(self):
        proxy, said = Proxy(), []
        self.assertEqual(step(ENDPOINT, said.append, proxy, lambda *_: ["10.0.0.9"]), ["writer"])
        down = "set server postgres-primary/writer health down"
        self.assertEqual(proxy.changes(), [f"{down}; set server postgres-primary/writer addr 10.0.0.9 port 5432; {down}", "shutdown session 0x1"])
        self.assertIn("10.0.0.9", said[0])

    def test_an_answer_as_before_changes_nothing(self):
        proxy = Proxy()
        self.assertEqual(step(ENDPOINT, print, proxy, lambda *_: ["10.0.0.5"]), [])
        self.assertEqual(proxy.changes(), [])

    def test_no_answer_is_no_news(self):
        def fail(*_):
            raise OSError("no such name")

        proxy = Proxy()
        self.assertEqual(step(ENDPOINT, print, proxy, fail), [])
        self.assertEqual(proxy.said, [])


class Cursor:
    def __init__(self, database):
        self.database = database

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def execute(self, _):
        if self.database.down:
            raise OSError("gone")

    def fetchone(self):
        return (self.database.recovery,)


class Database:
    def __init__(self, recovery=False):
        self.recovery, self.down = recovery, False

    def cursor(self):
        return Cursor(self)

    def close(self):
        pass


class Writers(unittest.TestCase):
    def setUp(self):
        self.now, self.address = 100.0, "10.0.0.5"
        self.databases = {"10.0.0.5": Database(), "10.0.0.9": Database(recovery=True)}
        self.writer = Member(2, lambda: self.address, lambda address: self.databases[address], now=lambda: self.now)

    def test_a_writer_says_yes_for_a_moment_after_it_went_silent(self):
        self.assertFalse(self.writer.says_yes())
        self.writer.look()
        self.assertTrue(self.writer.says_yes())
        self.databases["10.0.0.5"].down = True
        with self.assertRaises(OSError):
            self.writer.look()
        self.now += 1.9
        self.assertTrue(self.writer.says_yes())
        self.now += 0.2
        self.assertFalse(self.writer.says_yes())

    def test_a_yes_is_for_the_address_that_gave_it(self):
        self.writer.look()
        self.address = "10.0.0.9"
        self.assertFalse(self.writer.says_yes())
        self.writer.look()
        self.assertFalse(self.writer.says_yes())
        self.databases["10.0.0.9"].recovery = False
        self.writer.look()
        self.assertTrue(self.writer.says_yes())

    def test_a_deposed_writer_says_no_at_once(self):
        self.writer.look()
        self.databases["10.0.0.5"].recovery = True
        self.writer.look()
        self.assertFalse(self.writer.says_yes())

    def test_a_reader_is_one_that_follows(self):
        reader = Member(2, lambda: "10.0.0.9", lambda address: self.databases[address], follows=True, now=lambda: self.now)
        self.assertFalse(reader.says_yes())
        reader.look()
        self.assertTrue(reader.says_yes())
        self.databases["10.0.0.9"].recovery = False
        reader.look()
        self.assertFalse(reader.says_yes())


if __name__ == "__main__":
    unittest.main()
