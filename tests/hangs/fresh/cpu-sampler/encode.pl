use strict;
use warnings;

my ($out) = @ARGV;
open my $file, '>', $out or die "$out: $!";
$file->autoflush(1);

sub encode_block {
    my ($number) = @_;
    my $sum = 0;
    $sum = ($sum * 31 + $_ * $number) % 65521 for 1 .. 2000;
    return $sum;
}

for my $block (1 .. 200) {
    printf $file "%d %04x\n", $block, encode_block($block);
    select undef, undef, undef, 0.01;
}
close $file;
