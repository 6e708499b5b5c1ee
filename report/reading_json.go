package report

import (
	"frontdoor/pricing"
	"frontdoor/record"
)

// jsonReading is what reading the run back took.
type jsonReading struct {
	WaitedS float64                `json:"waited_s"`
	Regions []record.RegionReading `json:"regions"`
	USD     pricing.USD            `json:"list_price_usd"`
	Partial bool                   `json:"or_more"`
}

// jsonJoined bounds the month by what is known of requests that are not joined. By count,
// it is of invocations that CloudWatch counted, and of REPORT lines.
type jsonJoined struct {
	Requests int64        `json:"requests"`
	Known    int64        `json:"joined"`
	ByCount  bool         `json:"by_count,omitempty"`
	Low      *pricing.USD `json:"low_usd_per_month"`
	High     *pricing.USD `json:"high_usd_per_month"`
}

func readingDocument(r *Reading) *jsonReading {
	if r == nil {
		return nil
	}
	return &jsonReading{r.WaitedS, some(r.Regions), r.Cost, r.Partial}
}

func joinedDocument(j *Joined) *jsonJoined {
	if j == nil {
		return nil
	}
	return &jsonJoined{j.Requests, j.Known, j.ByCount, j.Low, j.High}
}
