#!/bin/sh
# Builds the file tree of one box, runs the last step over it, and says on descriptor 4 how that went and what it cost.
# Runs outside the box, as root of a private mount namespace (a user namespace's root, or the real one).
# Descriptor 5 is the lifeline: Pawl holds its other end, and writes nothing.
# usage: box.sh MEMORY-GROUP PROCESS-GROUP STAGE SCRATCH SIZE OWNER TABLE LAST-STEP...
# The groups are the files that a process joins them by; empty where there are none.
memory=$1 processes=$2 stage=$3 scratch=$4 size=$5 owner=$6 table=$7
shift 7

fail() {
  echo "failed: $1" >&4
  exit 125
}

# The box dies with Pawl, however Pawl dies: the lifeline ends then, and this watcher kills the group that it and the box are in. The signal
# that a process can ask for its parent's death is not enough: every step of the way loses it when its parent died a moment before it asked.
(
  exec 0<&- 1>&- 2>&- 3>&- 4>&-
  read -r _ <&5
  kill -KILL 0
) &
exec 5<&-

# This process joins the control groups, and what it starts after that is in them. The kernel takes its time, and the tree is built meanwhile.
joining=
if [ -n "$memory" ]; then
  { echo $$ >"$memory" && echo $$ >"$processes"; } 2>/dev/null &
  joining=$!
fi

# When memory runs out the kernel takes boxes first. Children inherit it.
echo 1000 2>/dev/null >/proc/self/oom_score_adj

mount -t tmpfs -o "size=$size,mode=755" pawl "$scratch" || fail "no tmpfs"
install -d -m 755 -o "$owner" -g "$owner" "$scratch/upper" "$scratch/work" "$scratch/tmp" "$scratch/tmp/home" "$scratch/shm" ||
  fail "no scratch folders"
mount -a -T "$table" || fail "no file tree"
[ -z "$joining" ] || wait "$joining"

"$@"
code=$?
exec 3>&-
times >&4
exit $code
