package cloudwatch

import "encoding/xml"

// The requests and answers of the operations served, with the members that the
// lab knows. Names are those of the API reference:
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/Welcome.html

type getMetricDataInput struct {
	MetricDataQueries []metricDataQuery
	StartTime         *instant
	EndTime           *instant
	NextToken         string
	ScanBy            string
	MaxDatapoints     *integer
}

type metricDataQuery struct {
	ID         string `json:"Id"`
	Expression string
	Label      string
	MetricStat *metricStat
	ReturnData *boolean
}

type metricStat struct {
	Metric metricID
	Period *integer
	Stat   string
	Unit   string
}

type metricID struct {
	Namespace  string      `json:"Namespace" xml:"Namespace"`
	MetricName string      `json:"MetricName" xml:"MetricName"`
	Dimensions []Dimension `json:"Dimensions" xml:"Dimensions>member"`
}

type getMetricDataOutput struct {
	XMLName           xml.Name           `json:"-" xml:"GetMetricDataResult"`
	MetricDataResults []metricDataResult `json:"MetricDataResults" xml:"MetricDataResults>member"`
	Messages          []messageData      `json:"Messages" xml:"Messages>member"`
	NextToken         string             `json:"NextToken,omitempty" xml:"NextToken,omitempty"`
}

type metricDataResult struct {
	ID         string        `json:"Id" xml:"Id"`
	Label      string        `json:"Label" xml:"Label"`
	Timestamps []stamp       `json:"Timestamps" xml:"Timestamps>member"`
	Values     []float64     `json:"Values" xml:"Values>member"`
	StatusCode string        `json:"StatusCode" xml:"StatusCode"`
	Messages   []messageData `json:"Messages,omitempty" xml:"Messages>member,omitempty"`
}

type messageData struct {
	Code  string `json:"Code" xml:"Code"`
	Value string `json:"Value" xml:"Value"`
}

type listMetricsInput struct {
	Namespace      string
	MetricName     string
	Dimensions     []dimensionFilter
	NextToken      string
	RecentlyActive string

	page int // most metrics of one answer; not the caller's
}

type dimensionFilter struct {
	Name  string
	Value string // "" matches every value
}

type listMetricsOutput struct {
	XMLName   xml.Name   `json:"-" xml:"ListMetricsResult"`
	Metrics   []metricID `json:"Metrics" xml:"Metrics>member"`
	NextToken string     `json:"NextToken,omitempty" xml:"NextToken,omitempty"`
}

type putMetricDataInput struct {
	Namespace  string
	MetricData []metricDatum
}

type metricDatum struct {
	MetricName        string
	Dimensions        []Dimension
	Timestamp         *instant
	Value             *decimal
	Values            []decimal
	Counts            []decimal
	StatisticValues   *statisticSet
	Unit              string
	StorageResolution *integer
}

type statisticSet struct {
	SampleCount, Sum, Minimum, Maximum *decimal
}

type putMetricDataOutput struct {
	XMLName xml.Name `json:"-" xml:"PutMetricDataResult"`
}

// encodable is an answer in the CBOR protocol; JSON and XML go by the tags.
type encodable interface{ cbor() cborMap }

var (
	_ encodable = getMetricDataOutput{}
	_ encodable = listMetricsOutput{}
	_ encodable = putMetricDataOutput{}
)
