for my $n (1 .. 20000) { print STDERR "warning: record $n has no date\n" }
print "done\n";
