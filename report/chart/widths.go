package chart

// How wide characters are, in thousandths of the size of the text, from the
// space to the tilde. A page is read in the reader's own font, so these are
// estimates from above: for each character the wider of DejaVu Sans 2.37 (the
// widest of the usual ones; its hmtx table, rounded up) and Helvetica, whose
// widths Arial, Liberation Sans and Nimbus share (Adobe's font metrics files of
// the base 35 fonts, 1985-1992). Bold has its own.
var regularWidths = [95]int{
	318, 401, 460, 838, 637, 951, 780, 275, 391, 391, 500, 838, 318, 361, 318, 337, //  !"#$%&'()*+,-./
	637, 637, 637, 637, 637, 637, 637, 637, 637, 637, 337, 337, 838, 838, 838, 556, // 0123456789:;<=>?
	1015, 685, 687, 722, 771, 667, 611, 778, 752, 295, 500, 667, 558, 863, 749, 788, // @ABCDEFGHIJKLMNO
	667, 788, 722, 667, 611, 732, 685, 989, 686, 667, 686, 391, 337, 391, 838, 556, // PQRSTUVWXYZ[\]^_
	500, 613, 635, 550, 635, 616, 353, 635, 634, 278, 278, 580, 278, 975, 634, 612, // `abcdefghijklmno
	635, 635, 412, 521, 393, 634, 592, 818, 592, 592, 525, 637, 337, 637, 838, // pqrstuvwxyz{|}~
}

var boldWidths = [95]int{
	349, 457, 521, 838, 696, 1002, 873, 307, 458, 458, 523, 838, 380, 416, 380, 366, //  !"#$%&'()*+,-./
	696, 696, 696, 696, 696, 696, 696, 696, 696, 696, 400, 400, 838, 838, 838, 581, // 0123456789:;<=>?
	1000, 774, 763, 734, 831, 684, 684, 821, 837, 373, 556, 775, 638, 996, 837, 851, // @ABCDEFGHIJKLMNO
	733, 851, 771, 721, 683, 813, 774, 1104, 771, 725, 726, 458, 366, 458, 838, 500, // PQRSTUVWXYZ[\]^_
	500, 675, 716, 593, 716, 679, 436, 716, 712, 343, 343, 666, 343, 1042, 712, 688, // `abcdefghijklmno
	716, 716, 494, 596, 479, 712, 652, 924, 646, 652, 583, 712, 366, 712, 838, // pqrstuvwxyz{|}~
}

// Characters that the tables do not hold, from above as well.
const (
	latinWidth = 1090 // of Latin with accents and of signs such as × and →
	otherWidth = 1560 // the widest of Latin Extended, Greek and Cyrillic in DejaVu Sans Bold
)
