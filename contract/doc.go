// Package contract asks a handler what the contract of a front door asks of it:
// cases that are data (a request, why it matters, where AWS says so), each sent
// through the lab's HTTP front and Runtime API to the handler as a process, and
// findings of what would break behind which front, where answers differ from front
// to front, and what comes near a limit.
//
// A case judges the meeting of handler and front, not the handler's own sense: a
// 404 or 405 that the function gives is an answer like another. What breaks is what
// the front answers in the function's place because of what the function did.
package contract
