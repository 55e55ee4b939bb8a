/* Run it by hand:
package main is what it has too.
*/

//go:build ignore

package main

func main() {}
