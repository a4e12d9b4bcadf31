if [ "$1" = inner ]; then exec perl load.pl; fi
echo READY
sh -c 'python3 -c "import subprocess,sys; sys.exit(subprocess.call([\"bash\", \"stage.sh\", \"inner\"]))"; echo rc $?'
