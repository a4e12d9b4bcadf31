rm -f ready
mkfifo ready
(test -f server.conf && echo "listening" >ready) &
read -r state <ready
echo "server is $state"
