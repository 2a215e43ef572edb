// The attributes come first: an element that is defined without a channel says that it needs one.
import './connect.ts';
import './theme.ts';
