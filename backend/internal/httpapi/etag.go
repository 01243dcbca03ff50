package httpapi

import (
	"crypto/sha256"
	"encoding/base64"
)

// etagOf is a name for content.
func etagOf(b []byte) string {
	sum := sha256.Sum256(b)
	return base64.RawURLEncoding.EncodeToString(sum[:12])
}
