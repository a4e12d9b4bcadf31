package main

import (
	"fmt"
	"os"
	"os/signal"
	"strings"
	"sync"
	"syscall"
)

type article struct {
	feed  string
	title string
	err   error
}

var feeds = map[string][]string{
	"weather": {"Rain in the north", "Storm warning"},
	"traffic": {"A8 closed", ""},
	"sports":  {"Cup final", "Transfer window", "Marathon"},
}

func parseFeed(feed string, titles []string, out chan<- article, wg *sync.WaitGroup) {
	defer wg.Done()
	for _, title := range titles {
		a := article{feed: feed, title: strings.ToUpper(title)}
		if title == "" {
			a.err = fmt.Errorf("%s: empty title", feed)
		}
		out <- a
	}
}

func relay(out <-chan article) error {
	for a := range out {
		if a.err != nil {
			return a.err
		}
		fmt.Println(a.feed, a.title)
	}
	return nil
}

func main() {
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, os.Interrupt, syscall.SIGTERM)
	go func() {
		<-stop
		os.Exit(1)
	}()
	out := make(chan article)
	var wg sync.WaitGroup
	wg.Add(1)
	go parseFeed("traffic", feeds["traffic"], out, &wg)
	err := relay(out)
	fmt.Println("relay:", err)
	for _, feed := range []string{"weather", "sports"} {
		wg.Add(1)
		go parseFeed(feed, feeds[feed], out, &wg)
	}
	fmt.Println("READY")
	wg.Wait()
	close(out)
}
