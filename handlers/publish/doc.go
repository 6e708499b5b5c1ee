// Package publish is the handler of option B: a notification of S3 makes it copy the
// object to Akamai's NetStorage and purge the copies in Akamai's caches. It comes in
// the forms of its history:
//
//	head       as the last commit has it: it fails behind the download, every time
//	published  as the article shows it, with the bugs that are there for all to see
//	repaired   what it takes to be right under retries, duplicates and refusals
//
// It is written anew from what the original does, and takes the same environment:
// https://github.com/roymartinezblanco/Akamai-on-AWS-Lambda (2019-05-25)
package publish
