coproc CALC { while read -r a b; do [ "$b" = "" ] || echo $((a + b)); done; }
echo READY
echo 17 >&"${CALC[1]}"
read -r sum <&"${CALC[0]}"
echo "sum $sum"
