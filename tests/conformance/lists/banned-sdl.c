/* flags: -std=gnu17 -D_GNU_SOURCE */
#include <alloca.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

extern char *gets(char *);
extern char *d, *s;
extern wchar_t *w, *v, **state;
extern va_list list;
extern void *p;
extern int n;

int ChangeWindowMessageFilter(), ChangeWindowMessageFilterEx(), CharToOem(), CharToOemA(), CharToOemBuffA(),
    CharToOemBuffW(), CharToOemW(), CopyMemory(), IsBadCodePtr(), IsBadHugeReadPtr(), IsBadHugeWritePtr(),
    IsBadReadPtr(), IsBadStringPtr(), IsBadWritePtr(), OemToChar(), OemToCharA(), OemToCharW(), RtlCopyMemory(),
    StrCat(), StrCatA(), StrCatBuff(), StrCatBuffA(), StrCatBuffW(), StrCatChainW(), StrCatN(), StrCatNA(),
    StrCatNW(), StrCatW(), StrCpy(), StrCpyA(), StrCpyN(), StrCpyNA(), StrCpyNW(), StrCpyW(), StrNCat(), StrNCatA(),
    StrNCatW(), StrNCpy(), StrNCpyA(), StrNCpyW(), StringCchCatA(), StringCchCatNA(), StringCchCatNW(),
    StringCchCatW(), StringCchCopyA(), StringCchCopyNA(), StringCchCopyNW(), StringCchCopyW(), StringCchGetsA(),
    StringCchPrintfA(), StringCchVPrintfA(), StringCchVPrintfExA(), WideCharToMultiByte(), _alloca(), _ftcscat(),
    _ftcscpy(), _getts(), _gettws(), _i64toa(), _i64tow(), _itoa(), _itoa_s(), _itow(), _makepath(), _makepath_s(),
    _malloca(), _mbccat(), _mbccpy(), _mbscat(), _mbscpy(), _mbsnbcat(), _mbsnbcpy(), _mbsncat(), _mbsncpy(),
    _mbstok(), _snprintf(), _sntprintf(), _sntscanf(), _snwprintf(), _splitpath(), _splitpath_s(), _stprintf(),
    _stscanf(), _tccat(), _tccpy(), _tcscat(), _tcscpy(), _tcsncat(), _tcsncpy(), _tcstok(), _tmakepath(), _tscanf(),
    _tsplitpath(), _ui64toa(), _ui64tot(), _ui64tow(), _ultoa(), _ultot(), _ultow(), _vsnprintf(), _vsntprintf(),
    _vsnwprintf(), _vstprintf(), _wmakepath(), _wsplitpath(), lstrcat(), lstrcatA(), lstrcatW(), lstrcatn(),
    lstrcatnA(), lstrcatnW(), lstrcpy(), lstrcpyA(), lstrcpyW(), lstrcpyn(), lstrcpynA(), lstrcpynW(), lstrlen(),
    lstrncat(), makepath(), memcpy_s(), scanf_s(), snscanf(), snwscanf(), sprintfA(), sprintfW(), sprintf_s(),
    sscanf_s(), strcatA(), strcatW(), strcat_s(), strcpyA(), strcpyW(), strcpy_s(), strcpynA(), strncat_s(),
    strncpy_s(), strtok_s(), swprintf_s(), vswprintf_s(), wcstok_s(), wmemcpy_s(), wnsprintf(), wnsprintfA(),
    wnsprintfW(), wscanf_s(), wsprintf(), wsprintfA(), wsprintfW(), wvnsprintf(), wvnsprintfA(), wvnsprintfW(),
    wvsprintf(), wvsprintfA(), wvsprintfW();

// Copies
void lines_0(void) {
  strcpy(d, s);                                 // bad: strcpy
  StringCchCopyA(d, 80, s);                     // good
  wcscpy(w, v);                                 // bad: wcscpy
  StringCchCopyW(w, 80, v);                     // good
  strcpyA(d, s);                                // bad: strcpyA
  strcpyW(d, s);                                // bad: strcpyW
  _tcscpy(d, s);                                // bad: _tcscpy
  _mbscpy(d, s);                                // bad: _mbscpy
  StrCpy(d, s);                                 // bad: StrCpy
  StrCpyA(d, s);                                // bad: StrCpyA
  StrCpyW(d, s);                                // bad: StrCpyW
  lstrcpy(d, s);                                // bad: lstrcpy
  lstrcpyA(d, s);                               // bad: lstrcpyA
  lstrcpyW(d, s);                               // bad: lstrcpyW
  _tccpy(d, s);                                 // bad: _tccpy
  _mbccpy(d, s);                                // bad: _mbccpy
  _ftcscpy(d, s);                               // bad: _ftcscpy
  strcpy_s(d, 80, s);                           // good
  strncpy(d, s, 9);                             // bad: strncpy
  StringCchCopyNA(d, 80, s, 9);                 // good
  wcsncpy(w, v, 9);                             // bad: wcsncpy
  StringCchCopyNW(w, 80, v, 9);                 // good
  _tcsncpy(d, s, 9);                            // bad: _tcsncpy
  _mbsncpy(d, s, 9);                            // bad: _mbsncpy
  _mbsnbcpy(d, s, 9);                           // bad: _mbsnbcpy
  StrCpyN(d, s, 9);                             // bad: StrCpyN
  StrCpyNA(d, s, 9);                            // bad: StrCpyNA
  StrCpyNW(d, s, 9);                            // bad: StrCpyNW
  StrNCpy(d, s, 9);                             // bad: StrNCpy
  strcpynA(d, s, 9);                            // bad: strcpynA
  StrNCpyA(d, s, 9);                            // bad: StrNCpyA
  StrNCpyW(d, s, 9);                            // bad: StrNCpyW
  lstrcpyn(d, s, 9);                            // bad: lstrcpyn
  lstrcpynA(d, s, 9);                           // bad: lstrcpynA
  lstrcpynW(d, s, 9);                           // bad: lstrcpynW
  strncpy_s(d, 80, s, 9);                       // good
  memcpy(d, s, 9);                              // bad: memcpy
  memcpy_s(d, 80, s, 9);                        // good
  wmemcpy(w, v, 9);                             // bad: wmemcpy
  wmemcpy_s(w, 80, v, 9);                       // good
  RtlCopyMemory(d, s, 9);                       // bad: RtlCopyMemory
  CopyMemory(d, s, 9);                          // bad: CopyMemory
  memmove(d, s, 9);                             // good
}

// Concatenations
void lines_1(void) {
  strcat(d, s);                                 // bad: strcat
  StringCchCatA(d, 80, s);                      // good
  wcscat(w, v);                                 // bad: wcscat
  StringCchCatW(w, 80, v);                      // good
  strcatA(d, s, 9);                             // bad: strcatA
  strcatW(d, s, 9);                             // bad: strcatW
  _tcscat(d, s, 9);                             // bad: _tcscat
  _mbscat(d, s, 9);                             // bad: _mbscat
  StrCat(d, s, 9);                              // bad: StrCat
  StrCatA(d, s, 9);                             // bad: StrCatA
  StrCatW(d, s, 9);                             // bad: StrCatW
  lstrcat(d, s, 9);                             // bad: lstrcat
  lstrcatA(d, s, 9);                            // bad: lstrcatA
  lstrcatW(d, s, 9);                            // bad: lstrcatW
  StrCatBuff(d, s, 9);                          // bad: StrCatBuff
  StrCatBuffA(d, s, 9);                         // bad: StrCatBuffA
  StrCatBuffW(d, s, 9);                         // bad: StrCatBuffW
  StrCatChainW(d, s, 9);                        // bad: StrCatChainW
  _tccat(d, s, 9);                              // bad: _tccat
  _mbccat(d, s, 9);                             // bad: _mbccat
  _ftcscat(d, s, 9);                            // bad: _ftcscat
  strcat_s(d, 80, s);                           // good
  strncat(d, s, 9);                             // bad: strncat
  StringCchCatNA(d, 80, s, 9);                  // good
  wcsncat(w, v, 9);                             // bad: wcsncat
  StringCchCatNW(w, 80, v, 9);                  // good
  _tcsncat(d, s, 9);                            // bad: _tcsncat
  _mbsncat(d, s, 9);                            // bad: _mbsncat
  _mbsnbcat(d, s, 9);                           // bad: _mbsnbcat
  StrCatN(d, s, 9);                             // bad: StrCatN
  StrCatNA(d, s, 9);                            // bad: StrCatNA
  StrCatNW(d, s, 9);                            // bad: StrCatNW
  StrNCat(d, s, 9);                             // bad: StrNCat
  StrNCatA(d, s, 9);                            // bad: StrNCatA
  StrNCatW(d, s, 9);                            // bad: StrNCatW
  lstrncat(d, s, 9);                            // bad: lstrncat
  lstrcatnA(d, s, 9);                           // bad: lstrcatnA
  lstrcatnW(d, s, 9);                           // bad: lstrcatnW
  lstrcatn(d, s, 9);                            // bad: lstrcatn
  strncat_s(d, 80, s, 9);                       // good
}

// Formatted output
void lines_2(void) {
  sprintf(d, "%d", n);                          // bad: sprintf
  StringCchPrintfA(d, 80, "%d", n);             // good
  vsprintf(d, s, list);                         // bad: vsprintf
  StringCchVPrintfA(d, 80, s, list);            // good
  swprintf(w, 80, L"%d", n);                    // bad: swprintf
  swprintf_s(w, 80, L"%d", n);                  // good
  vswprintf(w, 80, v, list);                    // bad: vswprintf
  vswprintf_s(w, 80, v, list);                  // good
  sprintfW(d, s, n);                            // bad: sprintfW
  sprintfA(d, s, n);                            // bad: sprintfA
  wsprintf(d, s, n);                            // bad: wsprintf
  wsprintfW(d, s, n);                           // bad: wsprintfW
  wsprintfA(d, s, n);                           // bad: wsprintfA
  _stprintf(d, s, n);                           // bad: _stprintf
  wvsprintf(d, s, n);                           // bad: wvsprintf
  wvsprintfA(d, s, n);                          // bad: wvsprintfA
  wvsprintfW(d, s, n);                          // bad: wvsprintfW
  _vstprintf(d, s, n);                          // bad: _vstprintf
  sprintf_s(d, 80, s, n);                       // good
  vsnprintf(d, 9, s, list);                     // bad: vsnprintf
  StringCchVPrintfExA(d, 80, &d, 0, 0, s, list);  // good
  wnsprintf(d, 9, s, n);                        // bad: wnsprintf
  wnsprintfA(d, 9, s, n);                       // bad: wnsprintfA
  wnsprintfW(d, 9, s, n);                       // bad: wnsprintfW
  _snwprintf(d, 9, s, n);                       // bad: _snwprintf
  _snprintf(d, 9, s, n);                        // bad: _snprintf
  _sntprintf(d, 9, s, n);                       // bad: _sntprintf
  _vsnprintf(d, 9, s, n);                       // bad: _vsnprintf
  _vsnwprintf(d, 9, s, n);                      // bad: _vsnwprintf
  _vsntprintf(d, 9, s, n);                      // bad: _vsntprintf
  wvnsprintf(d, 9, s, n);                       // bad: wvnsprintf
  wvnsprintfA(d, 9, s, n);                      // bad: wvnsprintfA
  wvnsprintfW(d, 9, s, n);                      // bad: wvnsprintfW
  snprintf(d, 80, "%d", n);                     // good
}

// Input
void lines_3(void) {
  gets(d);                                      // bad: gets
  fgets(d, 80, stdin);                          // good
  _getts(d);                                    // bad: _getts
  _gettws(d);                                   // bad: _gettws
  StringCchGetsA(d, 80);                        // good
  scanf("%d", &n);                              // bad: scanf
  scanf_s("%d", &n);                            // good
  wscanf(L"%d", &n);                            // bad: wscanf
  wscanf_s(L"%d", &n);                          // good
  sscanf(s, "%d", &n);                          // bad: sscanf
  strtol(s, &d, 10);                            // good
  swscanf(w, L"%d", &n);                        // bad: swscanf
  wcstol(w, &v, 10);                            // good
  _tscanf(s, s, &n);                            // bad: _tscanf
  _stscanf(s, s, &n);                           // bad: _stscanf
  snscanf(s, s, &n);                            // bad: snscanf
  snwscanf(s, s, &n);                           // bad: snwscanf
  _sntscanf(s, s, &n);                          // bad: _sntscanf
  sscanf_s(s, "%d", &n);                        // good
}

// Tokens, paths and numbers
void lines_4(void) {
  strtok(d, s);                                 // bad: strtok
  strtok_r(d, s, &d);                           // good
  wcstok(w, v, state);                          // bad: wcstok
  wcstok_s(w, v, state);                        // good
  _tcstok(d, s);                                // bad: _tcstok
  _mbstok(d, s);                                // bad: _mbstok
  strtok_s(d, s, &d);                           // good
  makepath(d, s, s, s, s);                      // bad: makepath
  _tmakepath(d, s, s, s, s);                    // bad: _tmakepath
  _makepath(d, s, s, s, s);                     // bad: _makepath
  _wmakepath(d, s, s, s, s);                    // bad: _wmakepath
  _makepath_s(d, 80, s, s, s, s);               // good
  _splitpath(s, d, d, d, d);                    // bad: _splitpath
  _tsplitpath(s, d, d, d, d);                   // bad: _tsplitpath
  _wsplitpath(s, d, d, d, d);                   // bad: _wsplitpath
  _splitpath_s(s, d, 3, d, 80, d, 80, d, 9);    // good
  _itoa(n, d, 10);                              // bad: _itoa
  _itow(n, d, 10);                              // bad: _itow
  _i64toa(n, d, 10);                            // bad: _i64toa
  _i64tow(n, d, 10);                            // bad: _i64tow
  _ui64toa(n, d, 10);                           // bad: _ui64toa
  _ui64tot(n, d, 10);                           // bad: _ui64tot
  _ui64tow(n, d, 10);                           // bad: _ui64tow
  _ultoa(n, d, 10);                             // bad: _ultoa
  _ultot(n, d, 10);                             // bad: _ultot
  _ultow(n, d, 10);                             // bad: _ultow
  _itoa_s(n, d, 80, 10);                        // good
  CharToOem(s, d, 9);                           // bad: CharToOem
  CharToOemA(s, d, 9);                          // bad: CharToOemA
  CharToOemW(s, d, 9);                          // bad: CharToOemW
  OemToChar(s, d, 9);                           // bad: OemToChar
  OemToCharA(s, d, 9);                          // bad: OemToCharA
  OemToCharW(s, d, 9);                          // bad: OemToCharW
  CharToOemBuffA(s, d, 9);                      // bad: CharToOemBuffA
  CharToOemBuffW(s, d, 9);                      // bad: CharToOemBuffW
  WideCharToMultiByte(0, 0, w, 9, d, 80, 0, 0);  // good
}

// Memory and windows
void lines_5(void) {
  n = IsBadWritePtr(p, 9);                      // bad: IsBadWritePtr
  n = IsBadHugeWritePtr(p, 9);                  // bad: IsBadHugeWritePtr
  n = IsBadReadPtr(p, 9);                       // bad: IsBadReadPtr
  n = IsBadHugeReadPtr(p, 9);                   // bad: IsBadHugeReadPtr
  n = IsBadCodePtr(p, 9);                       // bad: IsBadCodePtr
  n = IsBadStringPtr(p, 9);                     // bad: IsBadStringPtr
  n = p != 0;                                   // good
  n = lstrlen(s);                               // bad: lstrlen
  n = (int)strnlen(s, 80);                      // good
  alloca(9);                                    // bad: alloca
  _malloca(9);                                  // good
  _alloca(9);                                   // bad: _alloca
  _malloca(80);                                 // good
  ChangeWindowMessageFilter(0x400, 1);          // bad: ChangeWindowMessageFilter
  ChangeWindowMessageFilterEx(p, 0x400, 1, 0);  // good
}
