import unittest

from bundler_cut import down_with_sessions, established

STATISTICS = """# pxname,svname,qcur,qmax,scur,smax,status
postgres-primary,db-1,0,0,7,9,DOWN
postgres-primary,db-2,0,0,3,9,UP
postgres-primary,db-3,0,0,0,9,DOWN
redis-cache,redis-1,0,0,2,9,DOWN 1/2
redis-queues,redis-1,0,0,2,9,NOLB
payment,api-1,0,0,2,9,DOWN
"""

LINE = "{}: proto=tcpv4 src=127.0.0.1:36616 fe={} be={} srv={} ts=00 epoch=0 age=10s calls=3 rate=0 scf=[8,0h,fd=40,rex=23h59m,wex=] scb=[{},1h,fd=41,rex=,wex=] exp=2s"


class Cut(unittest.TestCase):
    def test_finds_the_servers_that_are_down_and_still_have_sessions(self):
        found = down_with_sessions(STATISTICS, {"postgres-primary", "redis-cache", "redis-queues"})
        self.assertEqual(found, {("postgres-primary", "db-1"), ("redis-cache", "redis-1")})

    def test_cuts_connected_sessions_of_those_servers_and_no_others(self):
        sessions = "\n".join(
            LINE.format(*one)
            for one in [
                ("0x7f01", "p", "p", "db-1", 8),
                ("0x7f02", "p", "p", "db-1", 5),
                ("0x7f03", "p", "p", "db-2", 8),
                ("0x7f04", "q", "q", "db-1", 8),
            ]
        )
        self.assertEqual(established(sessions, {("p", "db-1")}), ["0x7f01"])

    def test_takes_a_line_of_another_form_for_no_session(self):
        self.assertEqual(established("0x7f05: proto=unix_stream src=unix:1 fe=GLOBAL be=<NONE> srv=<none>", {("p", "db-1")}), [])


if __name__ == "__main__":
    unittest.main()
