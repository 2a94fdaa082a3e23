#!/bin/sh
# Makes a Debian root with the packages of a list. To be started in a mount namespace of its own, so that its mounts end with it.
# usage: build.sh TARGET SUITE MIRROR KEYRING PACKAGES-FILE
set -eu
target=$1 suite=$2 mirror=$3 keyring=$4 packages=$5
export DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8

# debootstrap's own --include cannot resolve the virtual packages that cloud-init depends on, so apt-get installs the rest.
debootstrap --variant=minbase --keyring="$keyring" "$suite" "$target" "$mirror"

# A package that is installed must not start its daemon: the root is files, not a machine.
printf '#!/bin/sh\nexit 101\n' >"$target/usr/sbin/policy-rc.d"
chmod 0755 "$target/usr/sbin/policy-rc.d"
cp /etc/resolv.conf "$target/etc/resolv.conf"
mount -t proc proc "$target/proc"
mount --rbind /dev "$target/dev"

chroot "$target" apt-get update --quiet
sed -e '/^#/d' -e '/^$/d' "$packages" |
  xargs chroot "$target" apt-get install --yes --quiet --no-install-recommends -o Dpkg::Options::=--force-unsafe-io
chroot "$target" apt-get clean

# As a machine image has it: its daemons wait until a host's own files start them, and Debian goes by its own name, whatever
# mirror this root came from.
for unit in certbot.timer etcd.service haproxy.service keepalived.service patroni.service pgbouncer.service postgresql.service \
  redis-sentinel.service redis-server.service; do
  if [ -e "$target/usr/lib/systemd/system/$unit" ]; then chroot "$target" systemctl disable --quiet "$unit"; fi
done
rm "$target/usr/sbin/policy-rc.d" "$target/etc/resolv.conf"
printf 'deb http://deb.debian.org/debian %s main\n' "$suite" >"$target/etc/apt/sources.list"
for list in "$target"/var/lib/apt/lists/*_dists_*; do
  named=${list%/*}/deb.debian.org_debian_dists_${list##*_dists_}
  [ "$list" = "$named" ] || mv -- "$list" "$named"
done
chroot "$target" apt-cache gencaches
