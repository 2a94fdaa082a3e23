#!/bin/sh
# Installs what is missing of the named packages, however long a mirror takes to answer. A baked image has them all, and then
# no mirror is asked.
# usage: packages.sh PACKAGE...
set -eu
installed=$(dpkg-query --show --showformat='${db:Status-Status}\n' "$@" 2>/dev/null | grep -cx installed || true)
[ "$installed" -lt $# ] || exit 0

apt() {
  # A file that is there already is the host's own, and stays.
  DEBIAN_FRONTEND=noninteractive apt-get --yes --quiet -o DPkg::Lock::Timeout=600 -o Dpkg::Options::=--force-confold "$@"
}

# Debian starts a daemon as soon as it is installed; this keeps it from that.
printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d
chmod 0755 /usr/sbin/policy-rc.d
until apt update && apt --no-install-recommends install "$@"; do
  echo "not all packages are there yet"
  sleep 10
done
rm /usr/sbin/policy-rc.d
