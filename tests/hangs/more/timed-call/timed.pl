use strict;
use warnings;
use POSIX;

my $set = POSIX::SigSet->new(SIGALRM);
sigprocmask(SIG_BLOCK, $set);
$| = 1;
print "READY\n";
alarm 1;
local $SIG{ALRM} = sub { die "timed out\n" };
eval { sleep 3600; };
print $@;
