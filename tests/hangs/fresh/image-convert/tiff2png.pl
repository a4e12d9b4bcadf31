use strict;
use warnings;

$| = 1;
my ($folder, $count) = @ARGV;

sub warn_tag {
    my ($file, $tag) = @_;
    printf STDERR "%s: Warning, unknown field with tag %d (0x%x) encountered.\n", $file, $tag, $tag;
}

for my $n (1 .. $count) {
    my $file = sprintf '%s/page%04d.tif', $folder, $n;
    warn_tag($file, $_) for 700, 34665;
    if ($n % 50 == 0) {
        (my $png = $file) =~ s/tif$/png/;
        print "$png\n";
    }
}
