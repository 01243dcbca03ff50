// Package similar measures how alike two short texts are. It works on bytes and allocates nothing: texts come in folded
// to Latin letters, lower case (normalise.Latin), and a sweep compares tens of millions of pairs.
package similar

// most is how much of a text is compared; what is longer differs by its words, not by its letters.
const most = 64
