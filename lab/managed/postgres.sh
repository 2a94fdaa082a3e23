#!/bin/sh
# A PostgreSQL server as AWS would run it, in the foreground: a new one, or a copy of the writer. usage: postgres.sh new | copy ADDRESS
set -eu
files=/etc/managed
data=/var/lib/postgresql/managed
PATH=/usr/lib/postgresql/17/bin:/usr/sbin:/usr/bin:/sbin:/bin
export PATH HOME=/var/lib/postgresql PGPASSFILE=$files/pgpass
as_postgres() {
  setpriv --reuid=postgres --regid=postgres --init-groups "$@"
}

cd /
chown -R postgres:postgres $files
chmod 755 $files
install -d -o postgres -g postgres -m 755 /run/postgresql
if [ "$1" = copy ]; then
  rm -rf $data
  until as_postgres pg_basebackup --pgdata=$data --write-recovery-conf --checkpoint=fast --dbname="host=$2 user=replicator sslmode=require"; do
    rm -rf $data
    sleep 1
  done
else
  as_postgres initdb --pgdata=$data --username=postgres --auth=peer --encoding=UTF8 --locale=C.UTF-8 --no-sync >/dev/null
fi
exec setpriv --reuid=postgres --regid=postgres --init-groups postgres -D $data -c config_file=$files/postgresql.conf -c hba_file=$files/pg_hba.conf
