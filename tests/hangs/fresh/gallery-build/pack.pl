use strict;
use warnings;
use IO::Handle;
use IO::Select;

my ($kind, $out, @sources) = @ARGV;
my ($from, $to) = ($ENV{MAKEFLAGS} || '') =~ /--jobserver-(?:auth|fds)=(\d+),(\d+)/
    or die "run me from make -j\n";
open my $tokens, '<&=', $from or die "jobserver: $!";
open my $returns, '>&=', $to or die "jobserver: $!";

sub acquire_slot {
    my $select = IO::Select->new($tokens);
    while ($select->can_read) {
        return $_ for grep { defined && length } take();
    }
}

sub take {
    my $got = sysread $tokens, my $token, 1;
    return $got ? $token : ();
}

sub release_slot {
    syswrite $returns, $_[0];
}

sub pack_list {
    open my $list, '>', $out or die "$out: $!";
    print $list "$kind\n";
    for my $source (@sources) {
        open my $in, '<', $source or die "$source: $!\n";
        print $list $_ while <$in>;
    }
    close $list;
}

STDOUT->autoflush(1);
print "READY\n" if $kind eq 'album';
my $slot = acquire_slot();
pack_list();
release_slot($slot);
