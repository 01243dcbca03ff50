package polite

import (
	"bufio"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"io"
	"net/http"
	"strings"

	"winnow/backend/internal/fault"
)

// read takes a body of at most limit bytes, unpacked. cut takes the beginning of a longer one, where that is enough.
func read(resp *http.Response, limit int64, cut bool) ([]byte, error) {
	if resp.ContentLength > limit && !cut {
		return nil, tooLarge(limit)
	}
	packed := resp.Header.Get("Content-Encoding") != ""
	from, err := unpack(resp)
	if err != nil {
		return nil, err
	}
	var b []byte
	if n := resp.ContentLength; n > 0 && n <= limit && !resp.Uncompressed && !packed {
		b, err = readSized(from, n)
	} else {
		b, err = io.ReadAll(io.LimitReader(from, limit+1))
	}
	over := int64(len(b)) > limit
	switch {
	case over && cut:
		return b[:limit], nil
	case over:
		return nil, tooLarge(limit)
	case err == nil || (cut && len(b) > 0):
		return b, nil
	case fault.KindOf(err) != fault.Internal:
		return nil, err
	}
	return nil, fault.Wrap(err, fault.Unavailable, "answer_broken", "The other server broke off in the middle of its answer; it is tried again later")
}

// readSized reads a body of a known length, which the transport holds it to, without growing a buffer.
func readSized(from io.Reader, n int64) ([]byte, error) {
	b := make([]byte, n)
	got, err := io.ReadFull(from, b)
	return b[:got], err
}

// unpack undoes the encodings that a server used without being asked; gzip, which is asked for, the transport undoes.
func unpack(resp *http.Response) (io.Reader, error) {
	from := io.Reader(resp.Body)
	for name := range strings.SplitSeq(resp.Header.Get("Content-Encoding"), ",") {
		var err error
		switch strings.ToLower(strings.TrimSpace(name)) {
		case "", "identity", "none":
		case "gzip", "x-gzip":
			from, err = gzip.NewReader(from)
		case "deflate":
			from, err = inflate(from)
		default:
			return nil, fault.Newf(fault.Unavailable, "encoding_unknown", "The other server packed its answer as %q, which was not asked for and cannot be read", clip(name, 40))
		}
		if err != nil {
			return nil, fault.Wrap(err, fault.Unavailable, "answer_broken", "The other server's answer cannot be unpacked")
		}
	}
	resp.Header.Del("Content-Encoding")
	return from, nil
}

// inflate reads "deflate", which some servers send with zlib's header, as the standard says, and some without.
func inflate(from io.Reader) (io.Reader, error) {
	b := bufio.NewReader(from)
	head, err := b.Peek(2)
	if err != nil {
		return nil, err
	}
	if head[0]&0x0f == 8 && (uint(head[0])<<8|uint(head[1]))%31 == 0 {
		return zlib.NewReader(b)
	}
	return flate.NewReader(b), nil
}

func tooLarge(limit int64) error {
	return fault.Newf(fault.TooLarge, "answer_too_large", "The page is larger than %d KiB; it was not read", limit>>10)
}
