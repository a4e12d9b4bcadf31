use strict;
use warnings;
use File::Temp qw(tempdir);

$| = 1;
my $dir = tempdir('shards.XXXXXX', TMPDIR => 1, CLEANUP => 1);
my %shards;

sub start_shard {
    my ($n) = @_;
    my $pid = fork // die "fork: $!\n";
    if ($pid == 0) {
        exec 'bash', 'shard.sh', $n, $dir or die "shard.sh: $!\n";
    }
    $shards{$pid} = $n;
}

sub all_loaded {
    for my $n (values %shards) {
        return 0 unless -e "$dir/shard$n.loaded";
    }
    return 1;
}

start_shard($_) for 1 .. 2;
until (all_loaded()) { select undef, undef, undef, 0.05 }
select undef, undef, undef, 0.2;

print "READY\n";
kill CONT => keys %shards;
while ((my $pid = waitpid(-1, 0)) > 0) {
    print "shard $shards{$pid} ended with $?\n";
}
