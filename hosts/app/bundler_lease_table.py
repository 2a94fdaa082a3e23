"""A lease in a table of the payment database, for bundler_singleton.py where there is no etcd. It has the calls of its Etcd.

The database's clock decides alone. Through a failover of the database the lease is whatever the new writer has, which with a
synchronous standby is what the old one said; while there is no writer nobody is given one, and the holder's ends by itself.
"""
import uuid

SCHEMA = """
CREATE SCHEMA IF NOT EXISTS bundler_platform;
CREATE TABLE IF NOT EXISTS bundler_platform.lease (key text PRIMARY KEY, holder text NOT NULL, host text NOT NULL, seconds double precision NOT NULL, until timestamptz NOT NULL)
"""
TAKE = """
INSERT INTO bundler_platform.lease AS lease (key, holder, host, seconds, until)
VALUES (%(key)s, %(holder)s, %(host)s, %(seconds)s, clock_timestamp() + make_interval(secs => %(seconds)s))
ON CONFLICT (key) DO UPDATE SET holder = excluded.holder, host = excluded.host, seconds = excluded.seconds, until = excluded.until
WHERE lease.until < clock_timestamp()
RETURNING holder
"""
KEEP = """
UPDATE bundler_platform.lease SET until = clock_timestamp() + make_interval(secs => seconds)
WHERE holder = %(holder)s AND until > clock_timestamp() RETURNING seconds
"""
HOLDER = "SELECT holder FROM bundler_platform.lease WHERE key = %(key)s AND until > clock_timestamp()"
REVOKE = "DELETE FROM bundler_platform.lease WHERE holder = %(holder)s"


class Table:
    """`run` executes one statement on a connection of its own, commits, and gives the first row or None; an OSError when it cannot."""

    def __init__(self, run):
        self.run, self.seconds, self.made = run, {}, False

    def statement(self, text, **values):
        if not self.made:
            self.run(SCHEMA, {})
            self.made = True
        return self.run(text, values)

    def grant(self, seconds):
        """A lease that holds nothing yet: it costs no call."""
        lease = str(uuid.uuid4())
        self.seconds = {lease: seconds}
        return lease

    def keep(self, lease):
        """Seconds that the lease lives on; 0 when there is none any more."""
        found = self.statement(KEEP, holder=lease)
        return found[0] if found else 0

    def revoke(self, lease):
        self.statement(REVOKE, holder=lease)

    def holder(self, key):
        found = self.statement(HOLDER, key=key)
        return found[0] if found else None

    def take(self, key, value, lease):
        """Makes the key this lease's, unless it is another's."""
        return self.statement(TAKE, key=key, holder=lease, host=value, seconds=self.seconds[lease]) is not None


def statements(database):
    """Runs statements through the data proxy, a connection each: PgBouncer keeps the server's."""
    import psycopg2

    def run(text, values):
        try:
            connection = psycopg2.connect(**database, connect_timeout=2)
            try:
                connection.autocommit = True
                with connection.cursor() as cursor:
                    cursor.execute(text, values)
                    return cursor.fetchone() if cursor.description else None
            finally:
                connection.close()
        except psycopg2.Error as fault:
            raise OSError(f"the lease's database: {str(fault).strip()}") from fault

    return run
