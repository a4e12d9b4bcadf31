use strict;
use warnings;
use IO::Socket::INET;

sub answer {
    my ($connection) = @_;
    my $request = <$connection> // return;
    while (defined(my $line = <$connection>)) {
        last if $line =~ /^\r?\n$/;
    }
    my ($cents) = $request =~ m{/charge/(\d+)};
    my $status = $cents ? '200 OK' : '402 Payment Required';
    print $connection "HTTP/1.1 $status\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    close $connection;
}

sub serve {
    my ($server) = @_;
    while (my $connection = $server->accept) {
        answer($connection);
    }
}

my $server = IO::Socket::INET->new(LocalAddr => '127.0.0.1', LocalPort => 0, Listen => 16)
    or die "listen: $@";
my $port = $server->sockport;
if ($ENV{HANG_FACTS}) {
    open my $facts, '>>', $ENV{HANG_FACTS} or die "facts: $!";
    print $facts "port=$port\n";
    close $facts;
}
print "listening on $port\n";
serve($server);
