package httpapi_test

import "fmt"

func str(v any) string { return fmt.Sprint(v) }
