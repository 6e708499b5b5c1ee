package pricing

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
)

// The shipped books. One file of rates for each service, and three tables of
// another shape: eras, free tiers, fronts.
//
//go:embed books/*.csv
var books embed.FS

// Shipped is the book that comes with the program: us-east-1, us-west-2,
// eu-west-1, eu-central-1 and ap-northeast-1, CloudFront's zones, and what is
// priced the same everywhere, in Region Global. Lambda@Edge and Origin Shield
// have more Regions, and a few meters fewer: a rate that no source gives is
// absent. Each call returns a book of its own.
func Shipped() (*Book, error) { return ReadBooks(ShippedFiles()) }

// ShippedFiles are the tables of the shipped book.
func ShippedFiles() fs.FS {
	files, err := fs.Sub(books, "books")
	if err != nil {
		panic(err) // fs.Sub refuses invalid paths only
	}
	return files
}

// ReadBooks reads the tables of a whole book, in a folder, as ShippedFiles has them:
// those that an earlier program shipped are read so too.
func ReadBooks(folder fs.FS) (*Book, error) {
	entries, err := fs.ReadDir(folder, ".")
	if err != nil {
		return nil, fmt.Errorf("read shipped price books: %w", err)
	}
	var rates []Rate
	book := &Book{}
	for _, entry := range entries {
		file, err := folder.Open(entry.Name())
		if err != nil {
			return nil, fmt.Errorf("read shipped price books: %w", err)
		}
		switch name := entry.Name(); name {
		case "eras.csv":
			book.eras, err = parseEras(name, file)
		case "free.csv":
			book.free, err = parseFree(name, file)
		case "fronts.csv":
			book.fronts, err = parseFronts(name, file)
		default:
			var part *Book
			if part, err = Parse(name, file); err == nil {
				rates = append(rates, part.all()...)
			}
		}
		if err = errors.Join(err, file.Close()); err != nil {
			return nil, err
		}
	}
	if len(rates) == 0 || len(book.eras) == 0 || len(book.free) == 0 || len(book.fronts) == 0 {
		return nil, errors.New("read price books: they are not whole: want rates, eras.csv, free.csv and fronts.csv")
	}
	// Checked again as a whole: two files must not price the same meter.
	whole, err := newBook(rates)
	if err != nil {
		return nil, fmt.Errorf("read shipped price books: %w", err)
	}
	book.rates = whole.rates
	return book, nil
}

// all returns every rate, in no order.
func (b *Book) all() []Rate {
	var rates []Rate
	for _, group := range b.rates {
		rates = append(rates, group...)
	}
	return rates
}
