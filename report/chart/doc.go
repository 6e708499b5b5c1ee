// Package chart draws charts as SVG text. It knows nothing of what they show.
//
// One description, a [Chart], is drawn at two sizes: [Wide] for a page, and
// [Narrow] for a telephone, where the text keeps its size and everything else
// gives way. The output is the same for the same description, has one decimal in
// its numbers, and holds no style attribute, so that it passes a strict content
// security policy: colours come from the classes of the style sheet [Style].
//
// Text is measured with a table of widths from above, so that no two texts
// overlap and none is cut: ticks that would collide are left out, labels at line
// ends are pushed apart and led back to their lines, what finds no room in the
// plot is written below it.
package chart
