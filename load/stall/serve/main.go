// Command serve is the stalling server on loopback, for trying a load generator
// on it by hand:
//
//	go run ./load/stall/serve -every 10s -stall 1s -listen 127.0.0.1:8099
package main

import (
	"flag"
	"fmt"
	"net"
	"net/http"
	"os"
	"time"

	"frontdoor/load/stall"
)

func main() {
	every := flag.Duration("every", 10*time.Second, "length of a period")
	length := flag.Duration("stall", time.Second, "how much of the end of each period is stalled")
	address := flag.String("listen", "127.0.0.1:0", "address to listen on")
	flag.Parse()
	listener, err := net.Listen("tcp", *address)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Printf("http://%s\n", listener.Addr())
	server := &http.Server{Handler: &stall.Handler{Every: *every, Length: *length}, ReadHeaderTimeout: 10 * time.Second}
	fmt.Fprintln(os.Stderr, server.Serve(listener))
}
