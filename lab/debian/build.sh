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
rm -rf "$target"/var/lib/apt/lists/*
