package main

import (
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"sync"
	"time"
)

type sale struct {
	region string
	cents  int
}

type board struct {
	mu      sync.Mutex
	totals  map[string]int
	updates chan sale
}

func (b *board) record(s sale) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.totals[s.region] += s.cents
	b.updates <- s
}

func (b *board) summary(w http.ResponseWriter, r *http.Request) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for region, cents := range b.totals {
		fmt.Fprintf(w, "%s %d\n", region, cents)
	}
}

func (b *board) notify(known map[string]bool) {
	for s := range b.updates {
		if !known[s.region] {
			log.Printf("unknown region %q", s.region)
			return
		}
	}
}

func importSales(b *board) {
	regions := []string{"north", "south", "overseas", "north"}
	for i := 0; i < 40; i++ {
		b.record(sale{regions[i%len(regions)], 100 * i})
	}
}

func main() {
	b := &board{totals: map[string]int{}, updates: make(chan sale, 8)}
	go b.notify(map[string]bool{"north": true, "south": true})
	go importSales(b)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	go http.Serve(listener, http.HandlerFunc(b.summary))
	time.Sleep(200 * time.Millisecond)
	fmt.Fprintln(os.Stdout, "READY")
	reply, err := http.Get("http://" + listener.Addr().String() + "/summary")
	if err != nil {
		log.Fatal(err)
	}
	text, _ := io.ReadAll(reply.Body)
	fmt.Print(string(text))
}
