#!/bin/bash
# Starts a Slurm of one node on this machine, for the time of a command, to try tests.sbatch with; as root, with Debian's
# slurm-wlm and munge:
#     bash one_node.sh COMMAND [ARG]...
# Everything of it is in a temporary folder, and ends with the command.
set -u
home=$(mktemp -d /tmp/slurm.XXXXXX)
chmod 755 "$home"
mkdir -m 755 "$home/state" "$home/spool" "$home/munge"
pids=()
finish() {
  [ "${#pids[@]}" -eq 0 ] || kill "${pids[@]}" 2>/dev/null
  wait
  rm -rf "$home"
}
trap finish EXIT

dd if=/dev/urandom of="$home/munge.key" bs=1024 count=1 status=none
chmod 600 "$home/munge.key"
munged --foreground --key-file="$home/munge.key" --socket="$home/munge/socket" --pid-file="$home/munge/pid" \
  --seed-file="$home/munge/seed" >"$home/munged.log" 2>&1 &
pids+=($!)

host=$(hostname -s)
cpus=$(nproc)
cat >"$home/slurm.conf" <<CONF
ClusterName=one
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=16817
SlurmdPort=16818
AuthType=auth/munge
AuthInfo=socket=$home/munge/socket
CredType=cred/munge
SlurmUser=root
SlurmdUser=root
StateSaveLocation=$home/state
SlurmdSpoolDir=$home/spool
SlurmctldPidFile=$home/slurmctld.pid
SlurmdPidFile=$home/slurmd.pid
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SchedulerParameters=sched_interval=1,batch_sched_delay=0
MpiDefault=none
ReturnToService=2
NodeName=$host NodeAddr=127.0.0.1 CPUs=$cpus State=UNKNOWN
PartitionName=all Nodes=$host Default=YES MaxTime=INFINITE OverSubscribe=YES State=UP
CONF
export SLURM_CONF=$home/slurm.conf
slurmctld -D >"$home/slurmctld.log" 2>&1 &
pids+=($!)
slurmd -D >"$home/slurmd.log" 2>&1 &
pids+=($!)

for _ in $(seq 60); do
  state=$(sinfo --noheader --format=%T 2>/dev/null)
  [ "$state" = idle ] && break
  sleep 0.5
done
if [ "$state" != idle ]; then
  echo "Slurm has not started: the node is \"$state\"; see its logs:" >&2
  tail -n 5 "$home/slurmctld.log" "$home/slurmd.log" >&2
  exit 1
fi
"$@"
