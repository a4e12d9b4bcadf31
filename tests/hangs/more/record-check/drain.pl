use strict;
use warnings;
use IPC::Open3;
use Symbol qw(gensym);

my $err = gensym;
my $pid = open3(my $in, my $out, $err, "perl", "worker.pl");
close $in;
$| = 1;
print "READY\n";
while (my $line = <$out>) { print $line }
while (my $line = <$err>) { print $line }
waitpid($pid, 0);
