package ai

import (
	"fmt"
	"strings"
	"sync"

	"github.com/tiktoken-go/tokenizer"
)

// Every message costs a few tokens of framing, and the provider adds its own words around a schema.
const (
	tokensPerMessage = 8
	tokensOfFraming  = 64
)

// counter counts tokens offline with OpenAI's o200k vocabulary. The vocabulary (16 MB) is loaded by the first count.
type counter struct {
	load  func() (tokenizer.Codec, error)
	mu    sync.Mutex
	known map[string]int // system prompts and schemas come again and again
}

func newCounter() *counter {
	return &counter{
		load:  sync.OnceValues(func() (tokenizer.Codec, error) { return tokenizer.Get(tokenizer.O200kBase) }),
		known: map[string]int{},
	}
}

func (c *counter) count(text string) (int, error) {
	codec, err := c.load()
	if err != nil {
		return 0, fmt.Errorf("load the token vocabulary: %w", err)
	}
	n, err := codec.Count(text)
	if err != nil {
		return 0, fmt.Errorf("count tokens: %w", err)
	}
	return n, nil
}

// remembered is count for texts that are the same in many calls.
func (c *counter) remembered(text string) (int, error) {
	c.mu.Lock()
	n, ok := c.known[text]
	c.mu.Unlock()
	if ok {
		return n, nil
	}
	n, err := c.count(text)
	if err != nil {
		return 0, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.known) >= 64 {
		clear(c.known)
	}
	c.known[text] = n
	return n, nil
}

// size is how big the input of a call is.
type size struct {
	tokens int // by our own count
	most   int // more than that no honest provider can count
}

// measure sizes a question: our own prompt and schema, and the rest, which strangers may have written.
func (c *counter) measure(model, system, schema string, rest ...string) (size, error) {
	var s size
	most := 0
	for _, ours := range []string{system, schema} {
		n, err := c.remembered(ours)
		if err != nil {
			return s, err
		}
		s.tokens += n
		most += mostOfOurs(ours, n)
		if ours == schema {
			most += mostOfOurs(ours, n) + len(schemaNote(nil)) // it may have to be told in the prompt as well
		}
	}
	for _, text := range rest {
		n, err := c.count(text)
		if err != nil {
			return s, err
		}
		s.tokens += n
		most += len(text) // no vocabulary makes more tokens than bytes
	}
	s.tokens += tokensPerMessage * (1 + len(rest))
	s.most = most + tokensPerMessage*(1+len(rest)) + tokensOfFraming
	if countsExactly(model) {
		s.most = min(s.most, s.tokens+s.tokens/8+tokensOfFraming)
	}
	return s, nil
}

// mostOfOurs bounds what another vocabulary makes of a text of our own, of which o200k makes n tokens: vocabularies
// differ by less than 60 % on English and JSON; beyond ASCII each byte may be a token.
func mostOfOurs(text string, n int) int {
	beyond := 0
	for i := range len(text) {
		if text[i] >= 0x80 {
			beyond++
		}
	}
	return min(len(text), n+n*6/10+beyond)
}

// countsExactly reports whether o200k is the vocabulary of the model, so that our count is the provider's but for
// the framing.
func countsExactly(model string) bool {
	name := model[strings.LastIndex(model, "/")+1:]
	for _, prefix := range []string{"gpt-4o", "gpt-4.1", "gpt-5", "gpt-6", "o1", "o3", "o4", "chatgpt-4o"} {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	return false
}
