package main

import (
	"fmt"
	"log"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strconv"
	"time"
)

func freePort() int {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().(*net.TCPAddr).Port
}

func startApp(port int) *exec.Cmd {
	app := exec.Command("ruby", "app.rb")
	app.Env = append(os.Environ(), "PORT="+strconv.Itoa(port))
	app.Stdout, app.Stderr = os.Stdout, os.Stderr
	if err := app.Start(); err != nil {
		log.Fatal(err)
	}
	return app
}

func waitFor(address string) {
	for {
		conn, err := net.DialTimeout("tcp", address, time.Second)
		if err == nil {
			conn.Close()
			return
		}
		time.Sleep(250 * time.Millisecond)
	}
}

func main() {
	port := freePort()
	if path := os.Getenv("HANG_FACTS"); path != "" {
		os.WriteFile(path, []byte(fmt.Sprintf("port=%d\n", port)), 0o644)
	}
	app := startApp(port)
	address := fmt.Sprintf("127.0.0.1:%d", port)
	fmt.Println("READY")
	waitFor(address)
	reply, err := http.Get("http://" + address + "/health")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("health:", reply.Status)
	app.Process.Kill()
	app.Wait()
}
