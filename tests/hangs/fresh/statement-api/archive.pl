use strict;
use warnings;
use Fcntl qw(F_SETLK F_WRLCK SEEK_SET);

$| = 1;
my ($path) = @ARGV;
open(my $ledger, '+<', $path) or die "$path: $!\n";
my $range = pack('s s x4 q q i x4', F_WRLCK, SEEK_SET, 0, 0, 0);
fcntl($ledger, F_SETLK, $range) or die "$path: $!\n";
print "archiving $path\n";

my %seen;
for my $round (1 .. 5000) {
    seek($ledger, 0, SEEK_SET);
    while (my $entry = <$ledger>) {
        $seen{$entry}++;
    }
    select(undef, undef, undef, 1.5);
}
