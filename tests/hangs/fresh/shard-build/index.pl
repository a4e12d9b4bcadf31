use strict;
use warnings;

my ($number, $dir) = @ARGV;
my @docs = map { "doc$_ of shard $number" } 1 .. 500;
open(my $mark, '>', "$dir/shard$number.loaded") or die "$dir: $!\n";
close $mark;
kill STOP => $$ if $number == 2;

my %index;
for my $i (0 .. $#docs) {
    push @{ $index{$_} }, $i for split ' ', $docs[$i];
}
open(my $out, '>', "$dir/shard$number.idx") or die "$dir: $!\n";
print $out "$_ @{ $index{$_} }\n" for sort keys %index;
close $out;
