package main

import (
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"
)

type checker struct {
	wg   sync.WaitGroup
	mu   sync.Mutex
	sums map[string]string
}

func (c *checker) checkFile(path string) {
	data, err := os.ReadFile(path)
	if err != nil {
		fmt.Println("skipped:", filepath.Base(path))
		return
	}
	c.mu.Lock()
	c.sums[path] = fmt.Sprintf("%x", sha256.Sum256(data))
	c.mu.Unlock()
	c.wg.Done()
}

func (c *checker) checkMirror(paths []string) int {
	for _, path := range paths {
		c.wg.Add(1)
		go c.checkFile(path)
	}
	c.wg.Wait()
	return len(c.sums)
}

func (c *checker) report(every time.Duration) {
	for range time.Tick(every) {
		c.mu.Lock()
		fmt.Println(len(c.sums), "checked so far")
		c.mu.Unlock()
	}
}

func main() {
	dir, err := os.MkdirTemp("", "mirror")
	if err != nil {
		panic(err)
	}
	var paths []string
	for i := 0; i < 12; i++ {
		path := filepath.Join(dir, fmt.Sprintf("pkg-%02d.tar", i))
		if i != 7 {
			os.WriteFile(path, []byte(path), 0o644)
		}
		paths = append(paths, path)
	}
	c := &checker{sums: map[string]string{}}
	go c.report(time.Minute)
	fmt.Println("READY")
	fmt.Println(c.checkMirror(paths), "files checked")
	os.RemoveAll(dir)
}
