package decision

import "frontdoor/report"

// frontMatter has MADR's metadata. Who decides is for people to say.
func (d *document) frontMatter() {
	d.out.WriteString("---\nstatus: \"proposed\"\ndate: " + d.date().String() + "\ndecision-makers:\n---\n")
}

// madr has every section of adr-template.md of MADR 4.0.0, in its order.
func (d *document) madr() {
	d.frontMatter()
	d.heading(1, title(d.r))
	d.heading(2, "Context and Problem Statement")
	d.context()
	d.heading(2, "Decision Drivers")
	d.items(d.drivers())
	d.heading(2, "Considered Options")
	d.items(d.options())
	d.heading(2, "Decision Outcome")
	d.outcome()
	d.heading(3, "Consequences")
	d.items(d.consequences())
	d.heading(3, "Confirmation")
	d.confirmation()
	d.heading(2, "Pros and Cons of the Options")
	for _, f := range d.r.Fronts {
		d.pros(f)
	}
	d.heading(2, "More Information")
	d.more()
}

func (d *document) pros(f report.Front) {
	d.heading(3, option(f))
	d.paragraph("%s, %d MB, %s.", f.Region, f.MemoryMB, f.Architecture)
	d.items(texts(d.points(f)))
}

// minimal has the sections of adr-template-minimal.md of MADR 4.0.0. What checks
// the decision stands with its outcome.
func (d *document) minimal() {
	d.frontMatter()
	d.heading(1, title(d.r))
	d.heading(2, "Context and Problem Statement")
	d.context()
	d.heading(2, "Considered Options")
	d.items(d.options())
	d.heading(2, "Decision Outcome")
	d.outcome()
	d.confirmation()
	d.paragraph("%s.", d.review())
	d.paragraph("%s", d.supersedes())
	d.pictures()
	d.heading(3, "Consequences")
	d.items(d.consequences())
}

// nygard has the sections of Michael Nygard's "Documenting Architecture
// Decisions" (cognitect.com/blog, 2011-11-15), as adr-tools numbers and dates them.
func (d *document) nygard() {
	d.out.WriteString(numbered(d.number, title(d.r)))
	d.paragraph("Date: %s", d.date())
	d.heading(2, "Status")
	d.paragraph("Proposed")
	d.heading(2, "Context")
	d.context()
	d.items(d.drivers())
	d.paragraph("The options:")
	d.items(d.options())
	d.heading(2, "Decision")
	d.outcome()
	d.confirmation()
	d.heading(2, "Consequences")
	d.items(d.consequences())
	d.paragraph("The evidence:")
	d.more()
}
