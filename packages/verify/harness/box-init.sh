#!/bin/sh
# First process of a box built from namespaces alone: private /proc, the staged tree as root, the host's tree gone, then the
# command as an ordinary user without capabilities. Stays as process 1: it reaps orphans, and its end is the end of them all.
# usage: box-init.sh STAGE FOLDER OWNER COMMAND...
stage=$1 folder=$2 owner=$3
shift 3

fail() {
  echo "failed: $1" >&4
  exit 125
}

mount -t proc -o nosuid,nodev,noexec proc "$stage/proc" || fail "no private /proc"
echo pawl 2>/dev/null >/proc/sys/kernel/hostname
# Tests that talk to themselves over 127.0.0.1 need the loopback device; perl does it where iproute2 is not installed.
ip link set lo up 2>/dev/null ||
  perl -e 'socket(S, 2, 2, 0); ioctl(S, 0x8914, pack("a16s@40", "lo", 0x41))' 2>/dev/null
cd "$stage" && pivot_root . .host && cd / && umount -l /.host || fail "no private root"
cd "$folder" || fail "no folder $folder"

# The capabilities of the new user namespace are kept for one thing: forbidding further ones, as bubblewrap's --disable-userns does.
# shellcheck disable=SC2016 # expanded by the inner shell
inner='
echo 0 2>/dev/null >/proc/sys/user/max_user_namespaces
echo ready >&4
exec 4>&-
exec setpriv --no-new-privs --bounding-set=-all --inh-caps=-all --ambient-caps=-all -- "$@"'
if [ "$owner" = 0 ]; then
  unshare --user --map-user=1000 --map-group=1000 --keep-caps sh -c "$inner" sh "$@"
else
  setpriv --reuid="$owner" --regid="$owner" --clear-groups \
    unshare --user --map-user=1000 --map-group=1000 --keep-caps sh -c "$inner" sh "$@"
fi
exit $?
