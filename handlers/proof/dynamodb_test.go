package proof

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"

	"frontdoor/front"
)

// The Node.js handlers' own signature is the one that AWS's SDK for Go makes of the
// same request at the same time, with and without a session token.
func TestNodeJSSignature(t *testing.T) {
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip(err)
	}
	for _, token := range []string{"", "session/token=="} {
		signed := make(chan [2]string, 1)
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			theirs, err := signAgain(r, token)
			if err != nil {
				t.Error(err)
			}
			signed <- [2]string{r.Header.Get("Authorization"), theirs}
			io.WriteString(w, `{}`)
		}))
		defer server.Close()
		script := `require("./lib/dynamodb.js").call("ap-northeast-1", "GetItem", {TableName: "ä", Key: {}}).then((answer) => console.log(JSON.stringify(answer)))`
		cmd := exec.Command(node, "-e", script)
		cmd.Dir = "../node"
		cmd.Env = append(os.Environ(), "AWS_ENDPOINT_URL_DYNAMODB="+server.URL, "AWS_ACCESS_KEY_ID=AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "AWS_SESSION_TOKEN="+token)
		out, err := cmd.CombinedOutput()
		if err != nil || string(out) != "{}\n" {
			t.Fatalf("%v: %s", err, out)
		}
		if got := <-signed; got[0] != got[1] {
			t.Errorf("token %q: signed\n%s\nnot\n%s", token, got[0], got[1])
		}
	}
}

// signAgain is the Authorization field that the SDK makes of the fields that were signed.
func signAgain(r *http.Request, token string) (string, error) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return "", err
	}
	again, err := http.NewRequest(r.Method, "http://"+r.Host+r.URL.Path, bytes.NewReader(body))
	if err != nil {
		return "", err
	}
	again.ContentLength = 0 // the SDK would sign it, which is left to the signer
	for _, name := range []string{"Content-Type", "X-Amz-Target"} {
		again.Header.Set(name, r.Header.Get(name))
	}
	at, err := time.Parse("20060102T150405Z", r.Header.Get("X-Amz-Date"))
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(body)
	credentials := aws.Credentials{AccessKeyID: "AKIDEXAMPLE", SecretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", SessionToken: token}
	err = v4.NewSigner().SignHTTP(r.Context(), credentials, again, hex.EncodeToString(sum[:]), "dynamodb", "ap-northeast-1", at)
	return again.Header.Get("Authorization"), err
}

// Likes at the same time are all counted: the answers have every number once.
func TestLikesAreAllCounted(t *testing.T) {
	const likes = 8
	for _, version := range []string{inGo, inNode} {
		t.Run(version, func(t *testing.T) {
			address := serve(t, "like", version)[front.EdgeOriginRequest]
			var mu sync.Mutex
			var got []string
			var all sync.WaitGroup
			for range likes {
				all.Go(func() {
					resp, err := http.Post(address+"/api/like?id=t2", "", strings.NewReader(""))
					if err != nil {
						t.Error(err)
						return
					}
					defer resp.Body.Close()
					body, _ := io.ReadAll(resp.Body)
					mu.Lock()
					defer mu.Unlock()
					got = append(got, fmt.Sprint(resp.StatusCode, " ", string(body)))
				})
			}
			all.Wait()
			var want []string
			for n := range likes {
				want = append(want, fmt.Sprintf(`200 {"CardId":"t2","Description":"A tree","Likes":%d}`, n+1))
			}
			slices.Sort(got)
			slices.Sort(want)
			if !slices.Equal(got, want) {
				t.Errorf("got\n%s", strings.Join(got, "\n"))
			}
		})
	}
}
