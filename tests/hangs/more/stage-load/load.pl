use strict;
use warnings;
use IO::Socket::INET;

my $server = IO::Socket::INET->new(Listen => 1, LocalAddr => "127.0.0.1") or die;
my $pid = fork() // die;
if (!$pid) { my $client = $server->accept; sleep 100 while 1; }
my $db = IO::Socket::INET->new(PeerAddr => "127.0.0.1", PeerPort => $server->sockport) or die;
close $server;
print $db "select 1;\n";
my $row = <$db>;
print "row $row";
waitpid($pid, 0);
