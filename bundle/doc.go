// Package bundle packs a run with all that its report is made of into one file, and
// takes it apart again: the record, the price book, the options, and the sums of
// each and of the reports that they gave. It is a tar archive compressed with zstd
// (RFC 8878), so that tar and zstd open it without this program:
//
//	MANIFEST.json   Manifest, first
//	run/            the record, as package record lays it out
//	floor/          the record of the A/A run of its noise floor, if it has one
//	prices/         the price book, as package pricing reads it
//
// The same contents give the same bytes: files in order, no times, no owners. What
// is read is a stranger's: nothing is believed before its sum is right, nothing lies
// outside of the folder it is put in, and no more is unpacked than is allowed.
package bundle
