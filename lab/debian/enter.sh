#!/bin/sh
# Runs the job of a stage directory inside a throw-away layer over a root. To be started in mount and pid namespaces of its own.
# usage: enter.sh ROOT STAGE
set -eu
root=$1 stage=$2
layer=$stage/layer
mkdir "$layer"
mount -t tmpfs -o mode=0755 tmpfs "$layer"
mkdir "$layer/upper" "$layer/work" "$layer/merged"
mount -t overlay overlay -o "lowerdir=$root,upperdir=$layer/upper,workdir=$layer/work" "$layer/merged"
mount -t proc proc "$layer/merged/proc"
mount -t sysfs -o ro sysfs "$layer/merged/sys"
mount --rbind /dev "$layer/merged/dev"
mkdir -m 0700 "$layer/merged/.stage"
while read -r from to; do
  mkdir -p "$layer/merged${to%/*}"
  touch "$layer/merged$to"
  mount --bind "$from" "$layer/merged$to"
done <"$stage/mounts"
mv "$stage/job.json" "$stage/place.py" "$layer/merged/.stage/"
exec chroot "$layer/merged" python3 -B /.stage/place.py
