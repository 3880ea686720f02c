// Checks what our log hands out with Go's own golang.org/x/mod/sumdb: one question a line on standard
// input, one answer a line on standard output, "yes" or "no".
package main

import (
	"bufio"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type question struct {
	Kind                                      string
	Key, Note, Witness, Root, OldRoot, Leaf   string
	Size, Old, Index, TileLevel, TileN, Level int64
	Width                                     int
	Proof                                     []string
	Tile                                      string
}

func bytes(text string) []byte {
	decoded, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return nil
	}
	return decoded
}

func hash(text string) (h tlog.Hash) {
	copy(h[:], bytes(text))
	return h
}

func hashes(texts []string) (all []tlog.Hash) {
	for _, text := range texts {
		all = append(all, hash(text))
	}
	return all
}

// witness verifies C2SP tlog-cosignature, which sumdb/note does not know.
type witness struct {
	name string
	key  []byte
}

func (w witness) Name() string { return w.name }

func (w witness) KeyHash() uint32 {
	sum := sha256.Sum256(append([]byte(w.name+"\n"), w.key...))
	return binary.BigEndian.Uint32(sum[:4])
}

func (w witness) Verify(text, signature []byte) bool {
	if len(signature) != 72 || len(w.key) != 33 || w.key[0] != 4 {
		return false
	}
	head := fmt.Sprintf("cosignature/v1\ntime %d\n", binary.BigEndian.Uint64(signature[:8]))
	return ed25519.Verify(w.key[1:], append([]byte(head), text...), signature[8:])
}

func opens(q question) bool {
	verifier, err := note.NewVerifier(q.Key)
	if err != nil {
		return false
	}
	verifiers := []note.Verifier{verifier}
	if q.Witness != "" {
		parts := strings.SplitN(q.Witness, "+", 3)
		verifiers = append(verifiers, witness{parts[0], bytes(parts[2])})
	}
	opened, err := note.Open([]byte(q.Note), note.VerifierList(verifiers...))
	if err != nil || len(opened.Sigs) != len(verifiers) {
		return false
	}
	tree := fmt.Sprintf("%d\n%s\n", q.Size, q.Root)
	return strings.HasSuffix(opened.Text, tree)
}

func answer(q question) bool {
	switch q.Kind {
	case "note":
		return opens(q)
	case "inclusion":
		leaf := tlog.RecordHash(bytes(q.Leaf))
		return tlog.CheckRecord(hashes(q.Proof), q.Size, hash(q.Root), q.Index, leaf) == nil
	case "consistency":
		return tlog.CheckTree(hashes(q.Proof), q.Size, hash(q.Root), q.Old, hash(q.OldRoot)) == nil
	case "tile":
		tile := tlog.Tile{H: 8, L: int(q.TileLevel), N: q.TileN, W: q.Width}
		found, err := tlog.HashFromTile(tile, bytes(q.Tile), tlog.StoredHashIndex(int(q.Level), q.Index))
		return err == nil && found == hash(q.Root)
	}
	return false
}

func main() {
	lines := bufio.NewReader(os.Stdin)
	for {
		line, err := lines.ReadBytes('\n')
		if err != nil {
			return
		}
		var q question
		if json.Unmarshal(line, &q) != nil {
			fmt.Println("unreadable")
			continue
		}
		if answer(q) {
			fmt.Println("yes")
		} else {
			fmt.Println("no")
		}
	}
}
