/* flags: -std=gnu17 -D_GNU_SOURCE */
#include <dlfcn.h>
#include <fcntl.h>
#include <glob.h>
#include <netdb.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <wordexp.h>

extern char *d, *s, **words;
extern wordexp_t *expansion;
extern glob_t *found;
extern int n;
extern void *p;
#define NO_NAME ((char *)0)

int CreateProcessA(), CreateProcessW(), LoadLibraryA(), LoadLibraryExW(), LoadLibraryW(), ShellExecuteA(),
    ShellExecuteExA(), ShellExecuteExW(), ShellExecuteW(), WinExec(), _execlp(), _execlpe(), _execvp(), _execvpe(),
    _popen(), _spawnlp(), _spawnlpe(), _spawnvp(), _spawnvpe(), _wexeclp(), _wexecvp(), _wpopen(), _wspawnlp(),
    _wspawnvp(), _wsystem(), g_spawn_async(), g_spawn_command_line_async(), g_spawn_command_line_sync(), rcmd_ssh(),
    rexec_ssh();

// A shell between the program and its command
void lines_0(void) {
  n = system(s);                                // bad: system
  n = posix_spawn(0, "/bin/ls", 0, 0, words, 0);  // good
  p = popen(s, "r");                            // bad: popen
  n = pipe2(&n, O_CLOEXEC);                     // good
  n = wordexp(s, expansion, 0);                 // bad: wordexp
  n = glob(s, 0, 0, found);                     // good
  _popen(s, "r");                               // bad: _popen
  _wpopen(s, "r");                              // bad: _wpopen
  n = CreateProcessW(s, d, 0);                  // good
  n = _wsystem(s);                              // bad: _wsystem
  n = CreateProcessW(s, NO_NAME, 1);            // good
  n = WinExec(s);                               // bad: WinExec
  n = ShellExecuteA(s);                         // bad: ShellExecuteA
  n = ShellExecuteW(s);                         // bad: ShellExecuteW
  n = ShellExecuteExA(s);                       // bad: ShellExecuteExA
  n = ShellExecuteExW(s);                       // bad: ShellExecuteExW
  n = CreateProcessW(s, d, 1);                  // good
  n = g_spawn_command_line_sync(s);             // bad: g_spawn_command_line_sync
  n = g_spawn_command_line_async(s);            // bad: g_spawn_command_line_async
  n = g_spawn_async(0, words, 0);               // good
}

// The search path
void lines_1(void) {
  execlp("ls", "ls", NO_NAME);                  // bad: execlp
  execl("/bin/ls", "ls", NO_NAME);              // good
  execvp("ls", words);                          // bad: execvp
  execve("/bin/ls", words, words);              // good
  execvpe("ls", words, words);                  // bad: execvpe
  execve("/bin/cat", words, words);             // good
  n = posix_spawnp(0, "ls", 0, 0, words, 0);    // bad: posix_spawnp
  n = posix_spawn(0, "/bin/cat", 0, 0, words, 0);  // good
  n = _execlp(s, words);                        // bad: _execlp
  n = _execlpe(s, words);                       // bad: _execlpe
  n = _execvp(s, words);                        // bad: _execvp
  n = _execvpe(s, words);                       // bad: _execvpe
  n = _wexeclp(s, words);                       // bad: _wexeclp
  n = _wexecvp(s, words);                       // bad: _wexecvp
  n = _spawnlp(s, words);                       // bad: _spawnlp
  n = _spawnlpe(s, words);                      // bad: _spawnlpe
  n = _spawnvp(s, words);                       // bad: _spawnvp
  n = _spawnvpe(s, words);                      // bad: _spawnvpe
  n = _wspawnlp(s, words);                      // bad: _wspawnlp
  n = _wspawnvp(s, words);                      // bad: _wspawnvp
  n = CreateProcessW("c", words, 0);            // good
  n = CreateProcessA(0, d, 0);                  // bad: CreateProcessA equals(1, 0)
  n = CreateProcessW(0, d, 0);                  // bad: CreateProcessW equals(1, 0)
  n = CreateProcessA(s, d, 0);                  // good
}

// Programs and code under a name that is no literal
void lines_2(void) {
  execl(s, "ls", NO_NAME);                      // bad: execl not_literal(1)
  execl("/bin/cat", "cat", NO_NAME);            // good
  execle(s, "ls", NO_NAME, words);              // bad: execle not_literal(1)
  execle("/bin/ls", "ls", NO_NAME, words);      // good
  execv(s, words);                              // bad: execv not_literal(1)
  execv("/bin/ls", words);                      // good
  execve(s, words, words);                      // bad: execve not_literal(1)
  execve("/bin/ls", words, words);              // good
  n = posix_spawn(0, s, 0, 0, words, 0);        // bad: posix_spawn not_literal(2)
  n = posix_spawn(0, "/bin/sh", 0, 0, words, 0);  // good
  p = dlopen(s, RTLD_NOW);                      // bad: dlopen not_literal(1)
  p = dlopen("/usr/lib/libx.so", RTLD_NOW);     // good
  p = dlmopen(LM_ID_BASE, s, RTLD_NOW);         // bad: dlmopen not_literal(2)
  p = dlmopen(LM_ID_BASE, "/usr/lib/libx.so", RTLD_NOW);  // good
  n = LoadLibraryA("x.dll");                    // bad: LoadLibraryA
  n = LoadLibraryW("x.dll");                    // bad: LoadLibraryW
  n = LoadLibraryExW("x.dll", 0, 0x800);        // good
}

// Other ways
void lines_3(void) {
  n = vfork();                                  // bad: vfork
  n = fork();                                   // good
  n = rcmd(words, 514, s, s, s, 0);             // bad: rcmd
  n = rcmd_ssh(words, 22, s);                   // good
  n = rexec(words, 512, s, s, s, 0);            // bad: rexec
  n = rexec_ssh(words, 22, s);                  // good
}
