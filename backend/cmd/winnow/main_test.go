package main

import (
	"os"
	"testing"
)

// TestMain lets the test binary be the product: started again with WINNOW_TEST_MAIN it runs main and nothing else, so
// that tests can kill a real process.
func TestMain(m *testing.M) {
	if os.Getenv("WINNOW_TEST_MAIN") == "1" {
		main()
		os.Exit(0)
	}
	os.Exit(m.Run())
}
